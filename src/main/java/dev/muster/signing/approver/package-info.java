/** Who may approve and sign off, and the signatures that they make with their own SSH keys. */
package dev.muster.signing.approver;
