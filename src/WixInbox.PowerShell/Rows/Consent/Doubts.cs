namespace WixInbox.Rows;

/// <summary>
/// What in a column, of which it is not certain whether it says who wants no messages, may mean that somebody wants
/// none.
/// </summary>
[Flags]
internal enum Doubts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A yes.</summary>
    Yes = 1,

    /// <summary>A no.</summary>
    No = 2,

    /// <summary>1 and 0 too, which elsewhere are counts.</summary>
    Numbers = 4,

    /// <summary>Anything that stands in it.</summary>
    Filled = 8,

    /// <summary>Other channels alone, where somebody chooses among all of them.</summary>
    OtherChannels = 16,

    /// <summary>A word for none, where somebody is asked how to be reached.</summary>
    NoChannel = 32,

    /// <summary>A death, which may be that of the row's person.</summary>
    Death = 64,
}
