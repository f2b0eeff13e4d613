package dev.muster.drill;

import java.time.Duration;

/** What a system's owner has promised: how much may be lost, and how long it may stand still. */
public record Objectives(Duration rpo, Duration rto) {}
