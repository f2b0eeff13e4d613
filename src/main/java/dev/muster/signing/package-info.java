/** Keys, and signatures in the forms that others can verify. */
package dev.muster.signing;
