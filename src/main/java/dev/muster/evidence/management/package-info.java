/** The management view in words and drawings, for pages and for the page in every pack. */
package dev.muster.evidence.management;
