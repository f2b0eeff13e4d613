/** The record of a drill as a document of sixteen sections, and how such a document is read again. */
package dev.muster.evidence.record;
