/** The vocabulary of a drill as records, sealed types and enums; no input or output. */
package dev.muster.drill;
