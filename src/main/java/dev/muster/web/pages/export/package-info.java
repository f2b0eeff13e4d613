/** The page that packs evidence for auditors. */
package dev.muster.web.pages.export;
