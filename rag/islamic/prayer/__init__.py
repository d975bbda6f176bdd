"""Prayer times and the qibla: the sun's place, the authorities' methods, and places by name."""
