/** The page for those who manage: are we recoverable, and is it getting worse. */
package dev.muster.web.pages.management;
