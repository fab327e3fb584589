namespace WixInbox.Journal;

/// <summary>What a line of a journal says. The value is the letter that stands for it in the file.</summary>
internal enum RecordKind
{
    /// <summary>Something that a newer version writes.</summary>
    Other = 0,

    /// <summary>The first line: whose journal it is.</summary>
    Header = 'H',

    /// <summary>A run begins.</summary>
    Run = 'O',

    /// <summary>A journal was begun beside this one, for the rows over another connection.</summary>
    Beside = 'B',

    /// <summary>The conversation of a recipient was found.</summary>
    Recipient = 'R',

    /// <summary>The conversation of an address was found. An address may pass to another person.</summary>
    Address = 'E',

    /// <summary>A request is about to leave.</summary>
    Intent = 'I',

    /// <summary>The message was sent.</summary>
    Sent = 'S',

    /// <summary>The message was rejected, or broke a rule.</summary>
    Failed = 'F',

    /// <summary>The message was not sent and may be sent again.</summary>
    NotSent = 'N',

    /// <summary>Nobody knows whether the message was sent.</summary>
    Unknown = 'A',
}
