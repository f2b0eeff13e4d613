package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;

/** A place at which a cluster's API server answers, as a policy names it. */
record ApiServer(String cidr, IntOrString port) {
    private static final int BITS = 32;
    private static final int BITS_OF_VERSION_6 = 128;

    static ApiServer at(String address, int port) {
        return new ApiServer(address + "/" + (address.contains(":") ? BITS_OF_VERSION_6 : BITS), new IntOrString(port));
    }
}
