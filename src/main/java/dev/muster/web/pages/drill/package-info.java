/** The pages of a drill, from the wish over the queue and the run to its report. */
package dev.muster.web.pages.drill;
