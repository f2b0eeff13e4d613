package dev.muster.people;

import dev.muster.catalog.people.Account;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody is and may do, as their account says. */
final class Standing {
    private Standing() {}

    static Set<Role> roles(Account account) {
        return Stream.of(Role.values())
                .filter(role -> account.roles().contains(word(role)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    static Set<String> words(Set<Role> roles) {
        return roles.stream().map(Standing::word).collect(Collectors.toSet());
    }

    static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Nothing as long as the password is one to be changed. */
    static Set<Right> rights(Account account) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        if (account.active() && account.oneTimeUntil().isEmpty()) {
            roles(account).forEach(role -> rights.addAll(role.rights()));
        }
        return rights;
    }

    static boolean administers(Account account) {
        return account.active() && roles(account).contains(Role.ADMINISTRATOR);
    }
}
