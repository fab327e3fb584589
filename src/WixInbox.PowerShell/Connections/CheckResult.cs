namespace WixInbox;

/// <summary>What a check of Test-WixInboxConnection has found out.</summary>
public enum CheckResult
{
    /// <summary>It works, as far as it can be seen without sending.</summary>
    Passed,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>It could not be found out.</summary>
    Unknown,
}
