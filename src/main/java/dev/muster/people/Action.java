package dev.muster.people;

/** What the audit log notes. */
public enum Action {
    SIGN_IN("sign in"),
    SIGN_OUT("sign out"),
    END_SESSIONS("end sessions"),
    CHANGE_PASSWORD("change password"),
    MAKE_TOKEN("make token"),
    REVOKE_TOKEN("revoke token"),
    ADD_PERSON("add person"),
    CHANGE_ROLES("change roles"),
    DISABLE_PERSON("disable person"),
    ENABLE_PERSON("enable person"),
    RESET_PASSWORD("reset password"),
    /** Somebody asked for what they have no right to. */
    REACH("reach"),
    START_DRILL("start drill"),
    CANCEL_DRILL("cancel drill"),
    APPROVE_DRILL("approve drill"),
    SIGN_OFF("sign off"),
    NOTE_ACTION("note action"),
    EXPORT("export"),
    EXTEND_SCRATCH("extend scratch"),
    REMOVE_SCRATCH("remove scratch");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
