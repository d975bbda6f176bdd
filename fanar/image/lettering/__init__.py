"""Arabic lettering: naskh, shaped from a real font, and square kufic, built from letters of our own on a grid."""
