/** The page of open scratches. */
package dev.muster.web.pages.scratch;
