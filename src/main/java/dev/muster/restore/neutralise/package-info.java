/** Switches off in restored data whatever would reach out. */
package dev.muster.restore.neutralise;
