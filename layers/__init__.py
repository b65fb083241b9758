"""The data layers: one light declaration a layer, heavy readers in `layers.readers`. No Django."""
