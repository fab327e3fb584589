namespace WixInbox;

/// <summary>Why a file cannot be uploaded.</summary>
public sealed class LocalFileException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="LocalFileException"/> class.</summary>
    public LocalFileException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LocalFileException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    public LocalFileException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LocalFileException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What it comes from.</param>
    public LocalFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal LocalFileException(LocalFileProblem problem, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Problem = problem;
    }

    /// <summary>Gets what is wrong with the file.</summary>
    public LocalFileProblem Problem { get; } = LocalFileProblem.Unreadable;

    /// <summary>Gets the code of the failure: <see cref="FailureCodes.FileUnreadable"/>, for example.</summary>
    public string Code => Problem switch
    {
        LocalFileProblem.NotFound => FailureCodes.FileNotFound,
        LocalFileProblem.Empty => FailureCodes.FileEmpty,
        LocalFileProblem.TypeMismatch => FailureCodes.FileTypeMismatch,
        LocalFileProblem.Changed => FailureCodes.FileChanged,
        _ => FailureCodes.FileUnreadable,
    };
}
