package dev.muster.people;

/**
 * Whoever does something, as the audit log names them.
 *
 * @param from the address they came from
 */
public record Actor(String name, String from) {

    /** Somebody on the web; of a program it is said that it acted in their name. */
    public static Actor of(Person person, String from) {
        return new Actor(person.by() == Person.Means.TOKEN ? person.display() : person.name(), from);
    }

    /** The service itself. */
    public static Actor service() {
        return new Actor("muster", "this machine");
    }

    /** Somebody at the command line. */
    public static Actor commandLine(String user) {
        return new Actor(user + " at the command line", "this machine");
    }
}
