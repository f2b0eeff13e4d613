/** Programs in the other containers of a pod, started by asking for it over a folder that all of them share. */
package dev.muster.scratch.neighbour;
