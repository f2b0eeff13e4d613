/** Renders templates safely, the shipped ones and an organisation's own. */
package dev.muster.template;
