package dev.muster.outlook.forecast;

/** How a figure goes on: on each day a middle, and how far above and below it, as logarithms, the edges lie. */
interface Course {
    double middle(double day);

    double above(double day);

    double below(double day);

    /** Whether it rises, and could hardly look so by chance. */
    boolean rises();

    /** How far its values lie from it, as a logarithm. */
    double deviation();

    /** How many drills it rests on. */
    int drills();

    /** How it was found. */
    String words();
}
