namespace WixInbox;

/// <summary>
/// By which of Wix's two APIs files are uploaded and imported. Both put them into the site's Media Manager.
/// </summary>
/// <remarks>
/// The Media Manager's own API is the default, since it alone tells whether a file is ready or has failed: a message
/// with a picture that never shows cannot be called back. Its price is one permission more, and addresses that are
/// public.
/// </remarks>
public enum MediaStore
{
    /// <summary>
    /// The Media Manager (<c>/site-media/v1</c>). It needs the permission Manage Media Manager, and tells when a file
    /// is ready. Whoever has a file's address can read it.
    /// </summary>
    MediaManager,

    /// <summary>
    /// Communication Channels Media (<c>/communication-channels-media/v1</c>), which is made for the Inbox and needs no
    /// permission but Manage Inbox Messages. It does not tell when a file is ready, so that nothing waits for that.
    /// </summary>
    Channels,
}
