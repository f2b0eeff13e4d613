package dev.muster.telling;

import dev.muster.drill.Secret;
import java.util.List;
import java.util.function.Supplier;

/** A way to a receiver. */
public interface Channel {
    /** Where it leads, without anything secret. */
    String place();

    /** What must be shown nowhere. */
    List<Supplier<Secret>> secrets();

    /** Tries once to tell it; what goes wrong with the receiver is an answer as well. */
    Answer deliver(Message message) throws InterruptedException;
}
