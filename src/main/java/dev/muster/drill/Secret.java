package dev.muster.drill;

import java.util.Objects;

/** A value that is used and never shown. Only the place that needs it calls {@link #reveal()}. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "******";
    }
}
