namespace WixInbox;

/// <summary>Why a file cannot be uploaded.</summary>
public enum LocalFileProblem
{
    /// <summary>There is no such file, or it is a folder.</summary>
    NotFound,

    /// <summary>It cannot be opened or read.</summary>
    Unreadable,

    /// <summary>There is nothing in it, and Wix takes no empty file; or it is a pipe or a device.</summary>
    Empty,

    /// <summary>Its content is not what the ending of its name says. Wix does not take such a file.</summary>
    TypeMismatch,

    /// <summary>It was changed after it had been looked at.</summary>
    Changed,
}
