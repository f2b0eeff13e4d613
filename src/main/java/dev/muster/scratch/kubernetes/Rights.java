package dev.muster.scratch.kubernetes;

import java.util.List;

/** What Muster may do in a cluster, and no more: the code asks for nothing else, and the manifests grant just this. */
final class Rights {

    /**
     * What may be done with one kind of object.
     *
     * @param group empty for the core of Kubernetes
     */
    record Right(String group, String resource, List<String> verbs) {
        Right {
            verbs = List.copyOf(verbs);
        }

        private Right(String resource, String... verbs) {
            this("", resource, List.of(verbs));
        }
    }

    /** To open a namespace for each drill, with what bounds it, and to remove it. */
    static final List<Right> OF_NAMESPACES = List.of(
            new Right("namespaces", "create", "delete", "get", "list", "patch", "watch"),
            new Right("resourcequotas", "create", "get", "list", "patch", "watch"),
            new Right("limitranges", "create", "patch"));

    /** To look at a namespace that an administrator has prepared, and at what its quotas leave. */
    static final List<Right> OF_A_FIXED_NAMESPACE =
            List.of(new Right("namespaces", "get"), new Right("resourcequotas", "list", "watch"));

    /** Wherever a scratch is. An object is applied by a patch; secrets are written and never read. */
    static final List<Right> WITHIN = List.of(
            new Right(
                    "networking.k8s.io",
                    "networkpolicies",
                    List.of("create", "delete", "get", "list", "patch", "watch")),
            new Right("serviceaccounts", "create", "delete", "get", "list", "patch", "watch"),
            // Some clusters ask who may hold up the removal of what an object belongs to.
            new Right("serviceaccounts/finalizers", "update"),
            new Right("secrets", "create", "patch"),
            new Right("persistentvolumeclaims", "create", "get", "list", "patch", "watch"),
            new Right("pods", "create", "delete", "get", "list", "patch", "watch"),
            new Right("pods/exec", "create", "get"),
            new Right("pods/log", "get"),
            new Right("events", "list", "watch"));

    /** Of the cluster itself: to see that a volume went with its scratch. */
    static final List<Right> OF_THE_CLUSTER = List.of(new Right("persistentvolumes", "get", "list", "watch"));

    /** The namespace of a drill gets room for what runs beside the scratch. */
    private static final Right ROOM =
            new Right("", "resourcequotas", List.of("create", "get", "list", "patch", "watch"));

    /** Besides, where runbooks have applications made of manifests. */
    static final List<Right> FOR_APPLICATIONS = List.of(
            ROOM,
            new Right("apps", "deployments", List.of("create", "get", "list", "patch", "watch")),
            new Right("apps", "statefulsets", List.of("create", "get", "list", "patch", "watch")),
            new Right("batch", "jobs", List.of("create", "get", "list", "patch", "watch")),
            new Right("", "configmaps", List.of("create", "patch")),
            new Right("", "services", List.of("create", "get", "patch")));

    /** Besides, where runbooks let CloudNativePG restore. */
    static final List<Right> FOR_CLOUD_NATIVE_PG = List.of(
            ROOM,
            new Right("postgresql.cnpg.io", "clusters", List.of("create", "delete", "get", "list", "patch", "watch")),
            new Right("barmancloud.cnpg.io", "objectstores", List.of("create", "patch")),
            new Right("", "services", List.of("get")));

    /** And where the API server is known. */
    static final List<Right> OF_THE_API_SERVER =
            List.of(new Right("discovery.k8s.io", "endpointslices", List.of("list")));

    private Rights() {}
}
