namespace WixInbox.Rows;

/// <summary>How a column says that somebody wants no messages.</summary>
internal enum OptOutMeaning
{
    /// <summary>By the word unsubscribed, among other words.</summary>
    Status,

    /// <summary>By such a word, or by no, false or 0.</summary>
    StatusOrNo,

    /// <summary>By yes, true or 1.</summary>
    Yes,

    /// <summary>By no, false or 0.</summary>
    No,

    /// <summary>By being filled.</summary>
    Filled,

    /// <summary>By yes, since the person has died; a word such as living is a no.</summary>
    Death,

    /// <summary>By a word such as dead, among other words.</summary>
    LifeStatus,
}
