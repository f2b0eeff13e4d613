/** The signed bundle of a drill: its files, their signatures, and how they are verified. */
package dev.muster.evidence.bundle;
