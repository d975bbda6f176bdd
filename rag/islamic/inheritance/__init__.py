"""Divides estates by the four Sunni schools, exactly, and proves each share."""
