package dev.muster.scratch.kubernetes;

/** How a person reaches what runs in a scratch, as commands to copy. */
final class Reach {
    private static final String PASSWORDS = Containers.SCRATCH + "/passwords";

    private Reach() {}

    static String of(Naming naming, Cluster cluster) {
        String kubectl = "kubectl"
                + cluster.context().map(name -> " --context " + name).orElse("") + " -n " + naming.namespace();
        String exec = kubectl + " exec " + naming.object(Names.POD) + " -c " + Containers.DATABASE;
        // The port stands in the password file as well, without which nobody gets in.
        return exec + " -it -- sh -c 'PGPASSFILE=" + PASSWORDS + " psql -h " + Containers.SCRATCH
                + "/s -p $(cut -d: -f2 " + PASSWORDS + ") -U muster -d postgres'\n"
                + kubectl + " port-forward pod/" + naming.object(Names.POD) + " 15432:$(" + exec + " -- cut -d: -f2 "
                + PASSWORDS + ")\n"
                + exec + " -- ls -la " + Containers.SCRATCH + "/data";
    }
}
