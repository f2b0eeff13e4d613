package dev.muster.drill;

/** What one business process would have lost, and how long it would have stood still. */
public record ProcessFigures(Figure rpo, Figure rto) {}
