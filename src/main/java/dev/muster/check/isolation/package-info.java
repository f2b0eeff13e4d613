/** Proves that nothing gets out of the scratch, by trying to. */
package dev.muster.check.isolation;
