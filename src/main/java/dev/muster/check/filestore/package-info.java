/** Holds the files that came back against what the database says of them. */
package dev.muster.check.filestore;
