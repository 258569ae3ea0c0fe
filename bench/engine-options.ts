/** The program stops the growth of the room for new objects at this size while it reads; processes that read nothing are begun with it. */
export const ENGINE_OPTIONS = ['--expose-gc', '--max-semi-space-size=16'] as const;
