namespace WixInbox;

/// <summary>How far Wix is with a file.</summary>
public enum OperationStatus
{
    /// <summary>Wix fetches or works on it, and it cannot be used yet (<c>PENDING</c>).</summary>
    Pending,

    /// <summary>It can be used (<c>READY</c>).</summary>
    Ready,

    /// <summary>Wix could not fetch it, or make anything of it (<c>FAILED</c>).</summary>
    Failed,
}
