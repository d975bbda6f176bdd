"""Pictures: patterns and lettering made by rule, diffusion models, and the marks that say a machine made them."""
