package dev.muster.check.application;

import dev.muster.drill.CheckResult;
import java.util.Optional;

/** How the start of an application went. */
public record Startup(CheckResult result, Optional<Started> started) {}
