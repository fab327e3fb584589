namespace WixInbox;

/// <summary>Why a journal cannot be used.</summary>
public enum JournalProblem
{
    /// <summary>The file is something else. It was left as it is.</summary>
    NotAJournal,

    /// <summary>Another version of the module wrote it, in a form that this one does not know.</summary>
    OtherVersion,

    /// <summary>
    /// It is the journal of another connection: the messages that it knows of went to another site's conversations.
    /// </summary>
    OtherConnection,

    /// <summary>Its rows are known by another property, so that every row would be new and be sent again.</summary>
    OtherKeyProperty,

    /// <summary>Somebody changed it: it no longer says to whom something was sent.</summary>
    Damaged,

    /// <summary>Another run has it open.</summary>
    Locked,

    /// <summary>It cannot be read or written: no permission, no such folder, no space.</summary>
    Unusable,
}
