package dev.muster.schedule.fleet;

import dev.muster.catalog.fleet.Choice;

/** A tenant that a draw chose. */
record Pick(String tenant, Choice.Kind kind, int weight) {}
