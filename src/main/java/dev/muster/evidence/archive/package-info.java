/** Reads and writes archives whose every byte follows from the files in them. */
package dev.muster.evidence.archive;
