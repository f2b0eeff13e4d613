package dev.muster.people;

import java.util.EnumSet;
import java.util.Set;

/** What a person is to Muster; somebody can be several things. */
public enum Role {
    VIEWER,
    /** Sees everything and starts nothing. */
    AUDITOR,
    OPERATOR,
    APPROVER,
    ADMINISTRATOR;

    public Set<Right> rights() {
        return switch (this) {
            case VIEWER -> EnumSet.of(Right.READ);
            case AUDITOR -> EnumSet.of(Right.READ, Right.AUDIT, Right.EXPORT, Right.SIGN_OFF);
            case OPERATOR -> EnumSet.of(Right.READ, Right.EXPORT, Right.START, Right.SCRATCH);
            case APPROVER -> EnumSet.of(Right.READ, Right.EXPORT, Right.APPROVE);
            case ADMINISTRATOR -> EnumSet.allOf(Right.class);
        };
    }
}
