/** Sets pages for paper: PDF that archives keep, that can be read aloud, and that readers of PDF see to be signed. */
package dev.muster.evidence.paper;
