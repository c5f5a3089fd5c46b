module example.oddmodule {
  exports example.oddmodule;
}
