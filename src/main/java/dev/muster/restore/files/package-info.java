/** Puts archived files into folders of the scratch, and lets none land elsewhere. */
package dev.muster.restore.files;
