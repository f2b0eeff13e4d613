/** Traces for OpenTelemetry: each drill is one, set up by the customary environment variables. */
package dev.muster.telling.trace;
