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

    /// <summary>Gets the file's id, as the upload was answered.</summary>
    public string Id { get; }

    /// <summary>Gets the name that the file was uploaded under.</summary>
    public string FileName { get; }

    /// <summary>Gets the media type that the upload URL was asked for.</summary>
    public string MimeType { get; }

    /// <summary>Gets the bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Gets how many bytes there are.</summary>
    public int Length => Content.Length;
}
