package dev.muster.people.signon;

import java.util.Optional;
import java.util.Set;

/** Who somebody is, as the provider says. */
record Identity(String subject, Optional<String> name, Optional<String> display, Set<String> groups) {
    Identity {
        groups = Set.copyOf(groups);
    }
}
