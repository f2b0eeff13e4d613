/** Sign-on with an OpenID Connect provider. */
package dev.muster.people.signon;
