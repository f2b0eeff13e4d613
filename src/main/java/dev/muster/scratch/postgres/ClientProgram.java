package dev.muster.scratch.postgres;

import java.nio.file.Path;

/** A PostgreSQL client program that is installed on this machine. */
public record ClientProgram(Path path, int major, String version) {}
