namespace WixInbox.Sandbox;

/// <summary>A file that was uploaded to the sandbox.</summary>
public sealed class SandboxUpload
{
    internal SandboxUpload(string id, string fileName, string mimeType, ReadOnlyMemory<byte> content)
    {
        Id = id;
        FileName = fileName;
        MimeType = mimeType;
        Content = content;
    }

    /// <summary>The file's id, as the upload was answered.</summary>
    public string Id { get; }

    /// <summary>The name that the file was uploaded under.</summary>
    public string FileName { get; }

    /// <summary>The media type that the upload URL was asked for.</summary>
    public string MimeType { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>How many bytes there are.</summary>
    public int Length => Content.Length;
}
