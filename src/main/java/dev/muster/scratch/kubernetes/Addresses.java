package dev.muster.scratch.kubernetes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
interface Addresses {

    List<InetAddress> of(String host) throws UnknownHostException;

    /** As this machine finds them. */
    Addresses HERE = host -> List.of(InetAddress.getAllByName(host));
}
