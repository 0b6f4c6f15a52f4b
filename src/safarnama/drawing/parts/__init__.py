"""Parts of a sheet that layouts share: each draws one thing with a pen."""
