package dev.muster.check.isolation;

import dev.muster.drill.Endpoint;

/**
 * A place outside of the scratch that nothing in it may reach.
 *
 * @param name what it is, for the report
 * @param attempt how it is tried, as the program inside the scratch takes it
 */
record WayOut(String name, String attempt) {

    static WayOut connection(String what, Endpoint to) {
        return new WayOut(what + ", " + to, "tcp " + to.host() + " " + to.port());
    }

    static WayOut nameServer(String address) {
        return new WayOut("name server by UDP, " + address, "dns " + address);
    }

    static WayOut name(String name) {
        return new WayOut("resolver of the system, " + name, "name " + name);
    }
}
